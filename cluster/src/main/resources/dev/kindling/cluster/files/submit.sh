#!/usr/bin/env bash
# Runs an application on Kubernetes by Spark's own submission: no operator needed.
# {{title}}.
#
#   API_SERVER=https://…:6443 IMAGE=registry.example.com/app:1 MAIN_CLASS=com.example.App ./submit.sh [ARGUMENTS]
#
# It needs rbac.yaml, the image of the Dockerfile, and a Spark {{spark}} in SPARK_HOME, whose version the image shares.
set -euo pipefail

: "${SPARK_HOME:?set it to the folder of a Spark {{spark}}}"
: "${API_SERVER:?set it to the address that kubectl cluster-info shows}"
: "${IMAGE:?set it to the image made of the Dockerfile}"
: "${MAIN_CLASS:?set it to the main class of your application}"

exec "$SPARK_HOME/bin/spark-submit" \
  --master "k8s://$API_SERVER" \
  --deploy-mode cluster \
  --name "${NAME:-app}" \
  --class "$MAIN_CLASS" \
  --conf "spark.kubernetes.container.image=$IMAGE" \
  --conf spark.kubernetes.namespace={{namespace}} \
  --conf spark.kubernetes.authenticate.driver.serviceAccountName=spark \
  --conf spark.decommission.enabled=true \
  --conf spark.storage.decommission.enabled=true \
  --conf spark.storage.decommission.shuffleBlocks.enabled=true \
{{conf}}
  local:///opt/spark/app/app.jar "$@"
