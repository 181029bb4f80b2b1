#!/usr/bin/env bash
# Times `colocate ingest` beside Debian's xenalyze on long traces made of real ones, in turn, and writes ../results/traces.md; without events ../results/traces-metrics.md.
#   traces.sh [MEBIBYTES [REPEATS [metrics]]]      SAMPLES=FOLDER names another lab than samples/lab; COLOCATE=PROGRAM another build
# Builds and installs nothing; says what is missing. The traces lie in a temporary folder: as large as asked for, twice.
set -euo pipefail
export LC_ALL=C TIMEFORMAT='%R %U %S'
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
mebibytes=${1:-1024} repeats=${2:-5} what=${3:-all}
results=$here/../results/traces.md
if [[ $what == metrics ]]; then
    results=$here/../results/traces-metrics.md
fi
runs=${SAMPLES:-$root/samples/lab}/runs
colocate=${COLOCATE:-$root/artifacts/bin/Colocate.Cli/release/colocate}
bench=$root/artifacts/bin/Colocate.Benchmarks/release/Colocate.Benchmarks.dll
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

missing=()
[[ -x $colocate ]] || missing+=("colocate: dotnet build cli --configuration Release")
[[ -f $bench ]] || missing+=("Colocate.Benchmarks: dotnet build tests/Colocate.Benchmarks --configuration Release")
command -v xenalyze >/dev/null || missing+=("xenalyze: Debian's xen-utils-common")
[[ -x /usr/bin/time ]] || missing+=("GNU time: Debian's time")
mapfile -t traces < <(find "$runs" -name 'xentrace.bin.zst' | sort | head -4)
((${#traces[@]})) || missing+=("traces: none below $runs")
if ((${#missing[@]})); then
    printf 'missing: %s\n' "${missing[@]}" >&2
    exit 2
fi

timed() { # NAME COMMAND...: appends "name wall cpu peak_kib"
    local name=$1
    shift
    /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >/dev/null 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
    awk -v name="$name" '{ print name, $1, $2 + $3, $4 }' "$work/time" | tee -a "$work/figures"
}

ours() { # NAME FILE OPTION...
    local name=$1 file=$2
    shift 2
    rm -rf "$work/lake"
    timed "$name" "$colocate" ingest "$file" --lake "$work/lake" --assume tsc_hz=2596142000 --quiet "$@"
}

for pcpus in 1 4; do
    file=$work/trace-$pcpus.bin
    dotnet "$bench" trace --mebibytes "$mebibytes" --pcpus "$pcpus" --out "$file" "${traces[@]}" | tee -a "$work/traces"
    cat "$file" >/dev/null
    for ((i = 0; i < repeats; i++)); do
        ours "metrics-$pcpus colocate" "$file"
        timed "metrics-$pcpus xenalyze--summary" xenalyze --cpu-hz 2.596142G --summary "$file"
        timed "metrics-$pcpus reading-alone" cat "$file"
    done
done
if [[ $what != metrics ]]; then
    for ((i = 0; i < repeats; i++)); do
        ours "events-1 colocate" "$work/trace-1.bin" --events
        timed "events-1 xenalyze--dump-all" xenalyze --cpu-hz 2.596142G --dump-all "$work/trace-1.bin"
    done
fi

mkdir -p "${results%/*}"
{
    echo "# Long traces: Colocate and xenalyze"
    echo
    echo "Written by \`peers/traces.sh $*\`: whole processes, page cache warm, in turn, medians of $repeats."
    echo
    echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort -u | head -1), $(nproc) cpus, $(. /etc/os-release && echo "$PRETTY_NAME"), $(uname -sr | sed 's/-.*//'), shared with other work (load $(cut -d' ' -f1 /proc/loadavg) at the end)."
    echo "Colocate on .NET $(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \([^ ]*\).*/\1/p' | tail -1), xenalyze of xen-utils-common $(dpkg-query -W -f '${Version}' xen-utils-common 2>/dev/null || echo unknown)."
    echo
    sed 's/"file": "[^"]*", //; s/^/    /' "$work/traces"
    echo
    echo "| what | program | time, s (least to most) | CPU, s | peak, MiB |"
    echo "|---|---|---|---|---|"
    sort -k1,1 -k2,2 -k3,3n "$work/figures" | awk '
        function flush() { if (n) { m = int((n + 1) / 2); printf "| %s | %s | %.2f (%.2f to %.2f) | %.2f | %.0f |\n", what, program, wall[m], wall[1], wall[n], cpu[m], peak / 1024 } n = 0; peak = 0 }
        $1 != what || $2 != program { flush(); what = $1; program = $2 }
        { wall[++n] = $3; cpu[n] = $4; if ($5 > peak) peak = $5 }
        END { flush() }'
} >"$work/traces.md"
mv "$work/traces.md" "$results"
