package dev.kindling.cluster.page;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets a request with a valid token through to a page of Spark's, as the user that the token names,
 * whom Spark then holds against its lists of who may see and change what. Spark's own filter for
 * tokens names no user, and Spark lets a request without one see everything.
 */
public final class UserFilter implements Filter {
  /** The name of the parameter with the key that checks tokens. */
  public static final String CHECKING_KEY = "checkingKey";

  private static final String SCHEME = "Bearer ";

  private PublicKey key;

  /** The jar, or in a development tree the folder, that this class comes from. */
  public static Path jar() {
    try {
      return Path.of(UserFilter.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    String text = config.getInitParameter(CHECKING_KEY);
    if (text == null) {
      throw new ServletException("The parameter " + CHECKING_KEY + " is missing");
    }
    key = PageToken.checkingKey(text);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    Optional<String> user =
        Optional.ofNullable(http.getHeader("Authorization"))
            .filter(header -> header.startsWith(SCHEME))
            .map(header -> header.substring(SCHEME.length()).strip())
            .flatMap(token -> PageToken.user(token, key, Instant.now()));
    if (user.isPresent()) {
      chain.doFilter(new As(http, user.get()), response);
    } else {
      ((HttpServletResponse) response)
          .sendError(
              HttpServletResponse.SC_FORBIDDEN,
              "This page needs the header 'Authorization: Bearer TOKEN' with a valid token of"
                  + " 'kindling cluster token'.");
    }
  }

  private static final class As extends HttpServletRequestWrapper {
    private final String user;

    As(HttpServletRequest request, String user) {
      super(request);
      this.user = user;
    }

    @Override
    public String getRemoteUser() {
      return user;
    }

    @Override
    public Principal getUserPrincipal() {
      return () -> user;
    }
  }
}
