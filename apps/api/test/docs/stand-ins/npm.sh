#!/bin/sh
# npm without its installing and building first: runs what package.json says, and notes what takes minutes instead.
exec node "$STAND_INS/npm.mjs" "$@"
