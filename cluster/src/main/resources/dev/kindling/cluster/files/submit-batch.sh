#!/usr/bin/env bash
# Runs an application as a batch of Google Cloud's Serverless for Apache Spark, {{image}}, which has Spark {{image_spark}}
# (known {{known}}). The service's cluster images have no Spark 4.0: {{others}}.
# {{title}}.
#
#   REGION=europe-west1 JAR=gs://bucket/app.jar MAIN_CLASS=com.example.App ./submit-batch.sh [ARGUMENTS]
#
# There are no machines to choose: the service takes executors of 4, 8 or 16 cores, with 1,024 to 7,424 MB a core for heap and
# overhead together, and at least 2 of them. These are the sizes nearest to the ones asked for. It scales by dynamic
# allocation; it has no spot machines.
set -euo pipefail

: "${REGION:?set it to a region}"
: "${JAR:?set it to the jar of your application, in Cloud Storage}"
: "${MAIN_CLASS:?set it to the main class of your application}"

# ^;^ makes the semicolon separate the properties.
gcloud dataproc batches submit spark \
  --region="$REGION" \
  --version={{version}} \
  --jars="$JAR" \
  --class="$MAIN_CLASS" \
  --properties="^;^{{properties}}" \
  -- "$@"
