#!/bin/sh
# Records one run on a Xen host, in Domain-0, in the layout that `colocate init` and `colocate ingest` read.
#
# usage: capture.sh -o RUNDIR [options] GUEST/WORKLOAD=SSHHOST:COMMAND...
#   GUEST     domain that the command loads, as `xl list` shows it
#   SSHHOST   machine of the client; `-` runs the command here
#   COMMAND   httperf, wrk, wrk2 or ab with its options; it ends by itself
# options:
#   -o DIR    folder of the run, made here; must not hold files yet
#   -k KIND   base, solo, pair, sweep, idle or other (default other)
#   -r F      nominal load, 1 = saturation
#   -c NAME   campaign (default: the name of the folder above)
#   -w S      seconds of load before trace and xentop begin (default 5)
#   -t S      seconds traced (default 14)
#   -i S      seconds between iterations of xentop (default 1)
#   -e MASK   event mask of xentrace (default all)
#   -S PAGES  pages of the trace buffer of each pcpu (default 512)
#   -b S      longest wait for the clients after the trace, in seconds (default 600)
# An idle run has no GUEST arguments. Exit code: 0 recorded, 1 something failed (the folder stays, for a look), 2 wrong use.
set -eu

fail() { echo "capture: $2" >&2; exit "$1"; }
usage() { sed -n '2,/^set -eu/p' "$0" | sed -n 's/^# \{0,1\}//p' >&2; exit 2; }

out='' kind=other rate='' campaign='' warm=5 seconds=14 interval=1 mask=all pages=512 patience=600
while getopts o:k:r:c:w:t:i:e:S:b:h flag; do
    case $flag in
        o) out=$OPTARG ;; k) kind=$OPTARG ;; r) rate=$OPTARG ;; c) campaign=$OPTARG ;; w) warm=$OPTARG ;; t) seconds=$OPTARG ;;
        i) interval=$OPTARG ;; e) mask=$OPTARG ;; S) pages=$OPTARG ;; b) patience=$OPTARG ;; *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ -n "$out" ] || usage
for number in "$warm" "$seconds" "$interval" "$pages" "$patience"; do
    case $number in '' | *[!0-9]*) fail 2 "'$number' is not a whole number" ;; esac
done
if [ "$interval" -eq 0 ] || [ "$seconds" -eq 0 ]; then fail 2 '-i and -t must be at least 1'; fi
for load; do
    case $load in ?*/?*=?*:?*) ;; *) fail 2 "'$load' is not GUEST/WORKLOAD=SSHHOST:COMMAND" ;; esac
done
for program in xentrace xentop xl; do
    command -v "$program" >/dev/null || fail 1 "$program is not here: run this in Domain-0, as root"
done
mkdir -p "$out"
[ -z "$(ls -A "$out")" ] || fail 2 "'$out' holds files: give every run a folder of its own"

clients='' recorders=''
# shellcheck disable=SC2086,SC2317,SC2329 # lists of process ids; called by the trap
stop() {
    [ -z "$recorders$clients" ] || kill $recorders $clients 2>/dev/null || true
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

{
    echo '# colocate capture 1'
    echo "kind=$kind"
    [ -z "$rate" ] || echo "rate_fraction=$rate"
    [ -z "$campaign" ] || echo "campaign=$campaign"
    echo "start=$(date -u +%Y-%m-%dT%H:%M:%SZ)"
    echo "trace_events=$mask"
    echo "trace_starts_after_s=$warm"
    echo "trace_seconds=$seconds"
    echo "xentop_interval_s=$interval"
    echo "xentop_starts_after_s=$warm"
    for load; do
        guest=${load%%/*} rest=${load#*/}
        echo "workload.$guest=${rest%%=*}"
    done
} >"$out/capture.txt"
{
    xl list
    # Each shows the pools of its own scheduler, with weights and caps; a host has mostly one.
    xl sched-credit 2>/dev/null || true
    xl sched-credit2 2>/dev/null || true
} >"$out/xl.txt"
xl info >"$out/xl-info.txt" || fail 1 'xl info failed'

for load; do
    guest=${load%%/*} rest=${load#*=}
    host=${rest%%:*} command=${rest#*:}
    tool=${command%% *}
    log=$out/${tool##*/}-$guest.txt nth=1
    # A second command of a tool for a guest is another log; what follows the last dash is the guest.
    while [ -e "$log" ]; do
        nth=$((nth + 1))
        log=$out/${tool##*/}-$nth-$guest.txt
    done
    printf '# %s\n' "$command" >"$log"
    # stdout and stderr stay apart: warnings in the middle of a report would only be skipped later.
    if [ "$host" = - ]; then
        sh -c "$command" >>"$log" 2>"$log.err" &
    else
        # shellcheck disable=SC2029 # the command is meant to run there as it stands here
        ssh -n -o BatchMode=yes "$host" "$command" >>"$log" 2>"$log.err" &
    fi
    clients="$clients $!"
done

sleep "$warm"
xentrace -D -e "$mask" -S "$pages" -T "$seconds" "$out/xentrace.bin" 2>"$out/xentrace.err" &
trace=$!
xentop -b -f -d "$interval" -i $((seconds / interval + 1)) >"$out/xentop.txt" 2>"$out/xentop.err" &
top=$!
recorders="$trace $top"
status=0
wait "$trace" || { status=1; echo "capture: xentrace failed: $(tail -n 1 "$out/xentrace.err")" >&2; }
wait "$top" || { status=1; echo "capture: xentop failed: $(tail -n 1 "$out/xentop.err")" >&2; }
recorders=''

# shellcheck disable=SC2086 # a list of process ids
{ sleep "$patience"; kill $clients; } >/dev/null 2>&1 &
watch=$!
for client in $clients; do
    wait "$client" || { status=1; echo 'capture: a client failed or was stopped for taking too long; see its .err file' >&2; }
done
kill "$watch" 2>/dev/null || true
clients=''
# What nobody wrote to tells nothing.
find "$out" -name '*.err' -size 0 -exec rm -f {} +
exit "$status"
