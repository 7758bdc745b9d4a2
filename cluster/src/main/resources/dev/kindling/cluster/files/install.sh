#!/usr/bin/env bash
# Brings these files to the hosts, from this folder, by ssh as root. Each host needs Java 17 or 21 and Spark {{spark}}
# unpacked in /opt/spark. Running it again renews the files and keeps the secret.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

master="{{master}}"
hosts="{{hosts}}"

# One secret for all, made once. It stays in this folder: guard it.
if [ ! -s secret ]; then
  (umask 077 && od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >secret)
fi

for host in $(printf '%s\n' $master $hosts | sort -u); do
  echo "$host"
  ssh "root@$host" '
    set -e
    id spark >/dev/null 2>&1 || useradd --system --home-dir /var/lib/spark --create-home --shell /usr/sbin/nologin spark
    install -d -o spark -g spark -m 0750 /etc/spark /var/lib/spark /var/lib/spark/work /var/lib/spark/local /var/lib/spark/recovery /var/lib/spark/events
    test -x /opt/spark/bin/spark-class || { echo "Spark {{spark}} is missing in /opt/spark" >&2; exit 1; }'
  scp -q spark.env spark-defaults.conf "root@$host:/etc/spark/"
  # The secret goes through standard input: command lines are visible to every user of a machine.
  { cat daemons.conf; printf 'spark.authenticate.secret                        %s\n' "$(cat secret)"; } |
    ssh "root@$host" 'umask 077 && cat >/etc/spark/daemons.conf && chown spark:spark /etc/spark/daemons.conf'
done

scp -q spark-master.service spark-history.service "root@$master:/etc/systemd/system/"
ssh "root@$master" 'systemctl daemon-reload && systemctl enable --now spark-master spark-history'
for host in $hosts; do
  scp -q spark-worker.service "root@$host:/etc/systemd/system/"
  ssh "root@$host" 'systemctl daemon-reload && systemctl enable --now spark-worker'
done
echo "http://$master:8080 shows the cluster."
