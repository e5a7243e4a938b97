# The shell itself. usage: bash bash.sh FILE RUNS
# `times` counts in milliseconds: enough for a file of some megabytes.
seconds=
for ((run = 0; run < $2; run++)); do
  times >"$3"
  set -a
  # shellcheck disable=SC1090
  . "$1"
  set +a
  times >>"$3"
  spent=$(env -i awk 'NR % 2 == 1 { s = 0; for (i = 1; i <= 2; i++) { split($i, t, /[ms]/); s += t[1] * 60 + t[2] }
    printf "%s%.3f", NR == 1 ? "" : " ", s }' "$3")
  seconds+="${seconds:+, }$(echo "$spent" | env -i awk '{ print $2 - $1 }')"
done
echo "{\"seconds\": [$seconds], \"keys\": $(compgen -e | grep -c _SETTING_ | awk '{ print $1 + 1 }'), \"last\": \"$LAST_KEY\"}"
