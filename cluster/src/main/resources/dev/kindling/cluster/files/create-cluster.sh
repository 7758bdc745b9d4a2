#!/usr/bin/env bash
# Starts an Amazon EMR cluster on EC2 with {{image}}, which has Spark {{image_spark}} (known {{known}}).
# {{title}}.
#
#   SUBNET=subnet-… LOGS=s3://bucket/logs/ ./create-cluster.sh
#
# The primary node and {{core_nodes}} core nodes are on demand: they hold the driver and HDFS. Up to {{spot_nodes}} task nodes are spot:
# they only compute, and what runs on one that is taken away runs again. Managed scaling adds and removes nodes between
# {{least_nodes}} and {{nodes}}; an hour without work ends the cluster.
# EMR keeps a part of each machine for its own services (yarn.nodemanager.resource.memory-mb): {{system_memory}} are left out of the sizes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

: "${SUBNET:?set it to the id of a subnet}"
: "${LOGS:?set it to a folder in S3 for the logs}"

aws emr create-cluster \
  --name "${NAME:-spark}" \
  --release-label {{image}} \
  --applications Name=Spark \
  --use-default-roles \
  --ec2-attributes "SubnetIds=[$SUBNET]" \
  --instance-fleets file://instance-fleets.json \
  --managed-scaling-policy file://managed-scaling.json \
  --configurations file://configurations.json \
  --log-uri "$LOGS" \
  --scale-down-behavior TERMINATE_AT_TASK_COMPLETION \
  --auto-termination-policy IdleTimeout=3600
