#!/bin/sh
# s3-upload.sh SITE s3://BUCKET[/PATH]: new files first, then what names them, then away with what is gone.
set -eu
site=$1
to=$2
# Nothing for other hosts, and nothing compressed beforehand: the CDN compresses.
skip() { aws s3 sync "$site" "$to" --exclude '*.br' --exclude '*.gz' --exclude '.h*' --exclude '_headers' "$@"; }
kept='public, max-age=31536000, immutable'
asked='no-cache'
# Named by their content.
for ending in js css json bin png; do
  case $ending in
    js) type='text/javascript; charset=utf-8' ;; css) type='text/css; charset=utf-8' ;; json) type='application/json; charset=utf-8' ;;
    bin) type='application/octet-stream' ;; png) type='image/png' ;;
  esac
  aws s3 sync "$site" "$to" --exclude '*' --include "data/story/*.$ending" --include "data/search/*.$ending" --include "share/*.$ending" \
    --include "*-????????????????.$ending" --include "*-initializer.$ending" --cache-control "$kept" --content-type "$type"
done
aws s3 sync "$site" "$to" --exclude '*' --include '*.wasm' --cache-control "$kept" --content-type 'application/wasm'
# Everything else, the pages last; then what is gone.
skip --exclude '*.html' --exclude 'data/manifest.json' --cache-control "$asked"
aws s3 sync "$site" "$to" --exclude '*' --include '*.html' --cache-control "$asked" --content-type 'text/html; charset=utf-8'
aws s3 sync "$site" "$to" --exclude '*' --include 'data/manifest.json' --cache-control "$asked"
skip --cache-control "$asked" --delete
