"""What the scripts beside this one share: tables that `colocate export --all --format csv` wrote, and how an answer is printed.

Usage: python3 QUESTION.py FOLDER_OF_CSV
"""
import pathlib
import sys

import pandas


def table(name):
    """A table of the export. An empty field is unknown, "" an empty text; a text that begins with ' has one guard to lose."""
    frame = pandas.read_csv(pathlib.Path(sys.argv[1]) / (name + ".csv"))
    for column in frame.select_dtypes("object"):
        frame[column] = frame[column].map(lambda t: t[1:] if isinstance(t, str) and t.startswith("'") else t)
    return frame


def answer(frame):
    """Prints a table as CSV."""
    frame.to_csv(sys.stdout, index=False)
