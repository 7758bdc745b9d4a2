#!/usr/bin/env bash
# Lets the hosts of the Spark cluster talk to each other and nobody else in. Run as root on every host; run it again
# after a host changed its address. It makes one nftables table of its own, inet spark, and touches no other.
#
#   port        who listens               who calls
#   7077        Master on {{master}}      workers, drivers
#   7078        Worker                    Master
#   7080-7112   driver                    executors, Master
#   7100-7132   executors and driver      executors, driver (blocks and shuffle files)
#   1024-65535  executors                 driver (they call the driver first; their own port is a free one)
#   8080        page of the Master        your browser: by ssh -L 8080:{{master}}:8080, or a proxy with a login
#   8081        page of a Worker          the same
#   18080       page of past applications the same
#   4040-4072   page of an application    the same, on the driver's host
#
# So all TCP between the hosts is open, which Spark's free ports need, and the ports above are shut to all others.
set -euo pipefail

hosts="{{hosts}}"
# Machines that start applications and are no part of the cluster, separated by blanks.
drivers="${DRIVERS:-}"

addresses=
for host in $hosts $drivers; do
  address=$(getent ahostsv4 "$host" | awk 'NR == 1 { print $1 }')
  if [ -z "$address" ]; then
    echo "firewall.sh: host '$host' has no IPv4 address" >&2
    exit 1
  fi
  addresses="${addresses:+$addresses, }$address"
done

nft -f - <<RULES
table inet spark
delete table inet spark
table inet spark {
  chain input {
    type filter hook input priority -10; policy accept;
    iif lo accept
    ct state established,related accept
    ip saddr { $addresses } tcp dport 1024-65535 accept
    tcp dport { 4040-4072, 7077-7132, 8080, 8081, 18080 } drop
  }
}
RULES
