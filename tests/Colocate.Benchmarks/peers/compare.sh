#!/usr/bin/env bash
# Runs the tandem queue in Colocate and in its peers, in turn, and writes ../results/tandem.md.
#   compare.sh [CUSTOMERS [REPEATS]]      PYTHON=... CXX=... name other programs than python3 and g++
# Builds and installs nothing but the SimGrid program, in a temporary folder; says what is missing.
set -euo pipefail
export LC_ALL=C TIMEFORMAT='%R %U %S'
here=$(cd "$(dirname "$0")" && pwd)
customers=${1:-500000} repeats=${2:-5}
python=${PYTHON:-python3} cxx=${CXX:-g++}
ours=$here/../../../artifacts/bin/Colocate.Benchmarks/release/Colocate.Benchmarks.dll
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

missing=()
[[ -f $ours ]] || missing+=("Colocate.Benchmarks: dotnet build tests/Colocate.Benchmarks --configuration Release")
"$python" -c 'import simpy' 2>"$work/err" || missing+=("SimPy for $python: Debian's python3-simpy3, or the package simpy")
"$cxx" -O2 -std=c++17 "$here/tandem_simgrid.cpp" -o "$work/tandem_simgrid" -lsimgrid 2>"$work/err" || missing+=("SimGrid for $cxx: Debian's libsimgrid-dev ($(head -1 "$work/err"))")
if ((${#missing[@]})); then
    printf 'missing: %s\n' "${missing[@]}" >&2
    exit 2
fi

field() { sed -E "s/.*\"$1\": \"?([^,\"}]*).*/\1/" "$work/line"; }

# One run: program, version, events, sojourn, loop wall, loop CPU, whole wall, whole CPU.
run() {
    { time "$@" >"$work/line" 2>"$work/err"; } 2>"$work/time" || { cat "$work/err" >&2; exit 1; }
    read -r wall user sys <"$work/time"
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$(field program)" "$(field version)" "$(field events)" "$(field mean_sojourn_ms)" \
        "$(field loop_s)" "$(field loop_cpu_s)" "$wall" "$(awk "BEGIN { print $user + $sys }")" | tee -a "$work/runs"
}

for ((seed = 1; seed <= repeats; seed++)); do
    run dotnet "$ours" tandem --customers "$customers" --seed "$seed"
    run "$work/tandem_simgrid" semaphore "$customers" "$seed"
    run "$work/tandem_simgrid" mailbox "$customers" "$seed"
    run "$python" "$here/tandem_simpy.py" --customers "$customers" --seed "$seed"
done

# The closed form: 0.7/0.3 + 0.6/0.4 + 0.5/0.5 ms. Standard error of a mean: at most 4.38 / sqrt(customers) of it (Tandem.RelativeError).
awk -F '\t' -v customers="$customers" '
    { exact = 0.7 / 0.3 + 0.6 / 0.4 + 1; off = ($4 / exact - 1) / (4.38 / sqrt(customers)) }
    off > 4 || off < -4 { printf "%s: mean sojourn %s ms is %.1f standard errors from %.4f ms\n", $1, $4, off, exact; bad = 1 }
    $3 != 4 * customers { printf "%s: %s events instead of %d\n", $1, $3, 4 * customers; bad = 1 }
    END { exit bad }' "$work/runs" >&2

mkdir -p "$here/../results"
{
    echo "# Tandem queue: Colocate and its peers"
    echo
    echo "Written by \`peers/compare.sh $customers $repeats\`: $customers customers, $((4 * customers)) events, $repeats rounds, the programs in turn within a round."
    echo
    echo "Machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort -u | head -1), $(nproc) cpus, $(. /etc/os-release && echo "$PRETTY_NAME"), $(uname -sr | sed 's/-.*//'), shared with other work;"
    echo "$("$cxx" --version | head -1). CPU seconds are user and system time of the process, with all of its threads."
    echo
    awk -F '\t' -v repeats="$repeats" '
        function median(a, n,    i, j, t) {
            for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j] < a[j - 1]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
            return n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2
        }
        function over(program, column,    i, a) { for (i = 1; i <= repeats; i++) a[i] = value[program, i, column]; return median(a, repeats) }
        function ratio(program, column,    i, a, m) {
            for (i = 1; i <= repeats; i++) a[i] = value[program, i, column] / value["colocate", i, column]
            m = median(a, repeats)
            return sprintf("%.1f (%.1f to %.1f)", m, a[1], a[repeats])
        }
        !($1 in rounds) { order[++programs] = $1; version[$1] = $2; events = $3 }
        { r = ++rounds[$1]; for (c = 4; c <= 8; c++) value[$1, r, c] = $c }
        END {
            print "| program | version | events/s of CPU, median | best | events/s of time, median | whole process, s | its CPU, s | mean sojourn, ms |"
            print "|---|---|---|---|---|---|---|---|"
            for (p = 1; p <= programs; p++) {
                n = order[p]; best = value[n, 1, 6]
                for (i = 2; i <= repeats; i++) if (value[n, i, 6] < best) best = value[n, i, 6]
                printf "| %s | %s | %.0f | %.0f | %.0f | %.3f | %.3f | %.4f |\n", n, version[n], events / over(n, 6), events / best, events / over(n, 5), over(n, 7), over(n, 8), over(n, 4)
            }
            print "\nHow many times as long a peer takes: median of the rounds (least to most).\n"
            print "| peer | loop, CPU | loop, time | whole process, CPU | whole process, time |"
            print "|---|---|---|---|---|"
            for (p = 2; p <= programs; p++)
                printf "| %s | %s | %s | %s | %s |\n", order[p], ratio(order[p], 6), ratio(order[p], 5), ratio(order[p], 8), ratio(order[p], 7)
        }' "$work/runs"
    echo
    echo "The closed form of the mean sojourn is 4.8333 ms; every run lies within four standard errors of it (checked)."
} >"$work/tandem.md"
mv "$work/tandem.md" "$here/../results/tandem.md"
