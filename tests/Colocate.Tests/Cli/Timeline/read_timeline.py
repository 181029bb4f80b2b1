"""Reads a Perfetto trace with Google's protobuf library for Python and prints what each track holds, as JSON.

Usage: read_timeline.py FOLDER_OF_READER_PB2 TRACE. Fails where Perfetto's own importer would drop or misplace an event.
"""
import collections
import json
import sys

sys.path.insert(0, sys.argv[1])
import reader_pb2  # noqa: E402

trace = reader_pb2.File()
with open(sys.argv[2], "rb") as file:
    trace.ParseFromString(file.read())

tracks, names, names_valid, events = {}, {}, False, []
for place, packet in enumerate(trace.packets):
    assert packet.sequence, "a packet without a sequence has no names"
    if packet.flags & 1:
        names, names_valid = {}, True
    for name in packet.names.name:
        names[name.id] = name.text
    if packet.HasField("track"):
        assert packet.track.id not in tracks, "a track is described twice"
        assert not packet.track.HasField("parent") or packet.track.parent in tracks, "a track has no parent"
        tracks[packet.track.id] = packet.track
    if packet.HasField("event"):
        assert names_valid and packet.event.track in tracks, "an event stands before its track"
        text = names[packet.event.name] if packet.event.HasField("name") else None
        events.append((packet.at, place, packet.event, text))


def path(track):
    return (path(tracks[track.parent]) + "/" if track.HasField("parent") else "") + track.name


# The importer sorts by time and keeps the order of the file where times are equal.
events.sort(key=lambda e: (e[0], e[1]))
open_slice, report = {}, collections.OrderedDict()
for track in tracks.values():
    assert path(track) not in report, "two tracks of one name: " + path(track)
    report[path(track)] = {"ns": {}, "slices": 0, "first": None, "last": None, "values": [], "instants": [], "unit": track.counter.unit, "rank": track.rank}
for at, _, event, text in events:
    lane = report[path(tracks[event.track])]
    lane["first"] = at if lane["first"] is None else lane["first"]
    lane["last"] = at
    if event.kind == 1:
        assert event.track not in open_slice, "spans of one lane overlap"
        open_slice[event.track] = (at, text)
    elif event.kind == 2:
        begin, name = open_slice.pop(event.track)
        assert at > begin, "an empty span"
        lane["ns"][name] = lane["ns"].get(name, 0) + at - begin
        lane["slices"] += 1
    elif event.kind == 3:
        lane["instants"].append({"at": at, "name": text, **{f.name: f.number for f in event.facts}})
    else:
        assert event.kind == 4 and lane["unit"], "a value outside a counter"
        lane["values"].append([at, event.value])
assert not open_slice, "a span without an end"
json.dump(report, sys.stdout)
