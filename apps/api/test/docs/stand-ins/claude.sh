#!/bin/sh
# Notes how Claude Code was called; the test connects with what it was told.
{ printf 'claude'; for part in "$@"; do printf '\037%s' "$part"; done; printf '\036'; } >> "$CALLS"
