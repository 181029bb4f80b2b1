#!/usr/bin/env bash
# Writes every record of a trace as a row, and the same columns by Parquet.Net alone, in turn in one process, and writes ../results/rows.md.
#   rows.sh [MEBIBYTES [REPEATS]]      SAMPLES=FOLDER names another lab than samples/lab. Holds eight times the mebibytes in memory.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
mebibytes=${1:-384} repeats=${2:-5}
bench=$root/artifacts/bin/Colocate.Benchmarks/release/Colocate.Benchmarks.dll
[[ -f $bench ]] || { echo "missing: dotnet build tests/Colocate.Benchmarks --configuration Release" >&2; exit 2; }
mapfile -t traces < <(find "${SAMPLES:-$root/samples/lab}/runs" -name 'xentrace.bin.zst' | sort | head -4)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet "$bench" trace --mebibytes "$mebibytes" --pcpus 1 --out "$work/trace.bin" "${traces[@]}" >/dev/null
cat "$work/trace.bin" >/dev/null
mkdir -p "$here/../results"
{
    echo "# Rows of records: Colocate and Parquet.Net alone"
    echo
    echo "Written by \`peers/rows.sh $mebibytes $repeats\`: one process, page cache warm, in turn, all compiled before. \`ingest\` decodes the trace, counts, writes two files, reads their footers"
    echo "back, takes their digests and commits; the others write the same columns from memory. \`allocated_bytes\` are those of one turn, the least."
    echo
    echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort -u | head -1), $(nproc) cpus, shared with other work (load $(cut -d' ' -f1 /proc/loadavg) at the begin)."
    echo
    dotnet "$bench" rows --repeats "$repeats" "$work/trace.bin" | sed 's/^/    /'
} >"$work/rows.md"
mv "$work/rows.md" "$here/../results/rows.md"
