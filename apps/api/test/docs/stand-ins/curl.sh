#!/bin/sh
# The real curl, which notes what it was asked for, and fails where the server refuses.
{ printf 'curl'; for part in "$@"; do printf '\037%s' "$part"; done; printf '\036'; } >> "$CALLS"
exec "$REAL_CURL" --fail-with-body "$@"
