#!/usr/bin/env bash
# Times `colocate ingest` of more and more tiny runs, and of the same runs once more, and writes results/runs.md: time must grow with their number, not with its square.
#   runs.sh [RUNS...]      COLOCATE=PROGRAM another build; TMPDIR where labs and lakes lie meanwhile
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
colocate=${COLOCATE:-$root/artifacts/bin/Colocate.Cli/release/colocate}
source=$root/samples/lab/runs/base-1-r3
(($#)) || set -- 1250 2500 5000 10000
[[ -x $colocate ]] || { echo "missing: colocate: dotnet build cli --configuration Release" >&2; exit 2; }
[[ -x /usr/bin/time ]] || { echo "missing: GNU time: Debian's time" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

make_runs() { # FOLDER COUNT: a manifest, a client log and a xentop log each, in five campaigns
    local i folder
    for ((i = 0; i < $2; i++)); do
        folder=$1/runs/r$i
        mkdir -p "$folder"
        cp "$source/httperf-vm1.txt" "$source/xentop.txt" "$folder"
        sed "s/\"run\": *\"[^\"]*\"/\"run\": \"r$i\"/; s/\"campaign\": *\"[^\"]*\"/\"campaign\": \"c$((i % 5))\"/" "$source/run.json" >"$folder/run.json"
    done
}

timed() { # NAME COMMAND...: the file NAME has time, processor time and peak
    local name=$1
    shift
    /usr/bin/time -f '%e %U %S %M' -o "$work/$name" "$@" >/dev/null 2>"$work/err" || { head -5 "$work/err" >&2; exit 1; }
}

{
    echo "# Many tiny runs"
    echo
    echo "Written by \`runs.sh $*\`: a manifest, an httperf and a xentop log a run, one process, scores included."
    echo
    echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort -u | head -1), $(nproc) cpus, shared with other work (load $(cut -d' ' -f1 /proc/loadavg) at the begin); labs and lakes on $(stat -f -c %T "$work")."
    echo
    echo "| runs | time, s | a run, ms | CPU, s | peak, MiB | again, nothing to do, s |"
    echo "|---|---|---|---|---|---|"
    for runs in "$@"; do
        make_runs "$work/lab" "$runs"
        timed first "$colocate" ingest "$work/lab" --lake "$work/lake" --quiet
        timed again "$colocate" ingest "$work/lab" --lake "$work/lake" --quiet
        cat "$work/first" "$work/again" | awk -v n="$runs" 'NR == 1 { printf "| %d | %.2f | %.2f | %.2f | %.0f |", n, $1, 1000 * $1 / n, $2 + $3, $4 / 1024 } END { printf " %.2f |\n", $1 }'
        rm -rf "$work/lab" "$work/lake"
    done
} | tee "$here/results/runs.md"
