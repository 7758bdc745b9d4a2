# Sourced: finds Java and its version without starting it.

# Sets $java (the program), $java_home (may be empty) and $java_build (names this build of Java in
# file names). Ends the script with a message when there is no Java 17 or 21.
find_java() {
  local origin key value version=
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    origin="JAVA_HOME ($JAVA_HOME)"
    [ -x "$java" ] || fail "JAVA_HOME ($JAVA_HOME) has no bin/java. Set it to a JDK 17 or 21."
    java_home=$JAVA_HOME
  else
    java=$(type -P java) ||
      fail "found no Java: JAVA_HOME is not set and there is no java on PATH. Install a JDK 17 or 21."
    origin="PATH ($java)"
    java_home=$(readlink -f "$java" 2>/dev/null) || java_home=$java
    java_home=${java_home%/*/*}
  fi
  java_build=
  if [ -r "$java_home/release" ]; then
    while IFS='=' read -r key value; do
      case $key in
        JAVA_VERSION) version=${value//\"/} ;;
        JAVA_RUNTIME_VERSION) java_build=${value//\"/} ;;
      esac
    done <"$java_home/release"
  fi
  if [ -z "$version" ]; then
    # A Java without a release file: ask it.
    value=$("$java" -version 2>&1) || fail "the Java of $origin does not start: ${value:-no output}"
    value=${value#*\"}
    version=${value%%\"*}
    java_home=
  fi
  case $version in
    17 | 17.* | 21 | 21.*) ;;
    *) fail "needs Java 17 or 21, and the Java of $origin is ${version:-of an unknown version}. Set JAVA_HOME to a JDK 17 or 21." ;;
  esac
  java_build=${java_build:-$version}
  java_build=${java_build//[!A-Za-z0-9.+_-]/_}
}
