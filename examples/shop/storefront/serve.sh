#!/bin/sh
# Serves the site and ends when asked. As process 1, httpd alone would never see SIGTERM's
# default action, and each rollout would wait out the whole grace period.
set -eu

httpd -f -p 8080 -h /srv/www -c /etc/httpd.conf &
server=$!
trap 'kill "$server"; exit 0' TERM INT
wait "$server"
