"""The tandem queue in SimPy: a process for each customer, a Resource for each station, as in SimPy's own examples."""
import argparse
import json
import platform
import random
import time

import simpy

GAP = 1.0  # ms between two arrivals
SERVICE = [0.7, 0.6, 0.5]  # ms at each station


class Tandem:
    def __init__(self, customers, seed):
        self.env = simpy.Environment()
        self.random = random.Random(seed)
        self.stations = [(simpy.Resource(self.env), 1 / mean) for mean in SERVICE]
        self.customers = customers
        self.events = 0
        self.sojourn = 0.0
        self.env.process(self.source())

    def source(self):
        for _ in range(self.customers):
            yield self.env.timeout(self.random.expovariate(1 / GAP))
            self.events += 1
            self.env.process(self.customer())

    def customer(self):
        arrived = self.env.now
        for server, rate in self.stations:
            with server.request() as turn:
                yield turn
                yield self.env.timeout(self.random.expovariate(rate))
                self.events += 1
        self.sojourn += self.env.now - arrived


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    tandem = Tandem(options.customers, options.seed)
    start, cpu_start = time.perf_counter(), time.process_time()
    tandem.env.run()
    loop_s, loop_cpu_s = time.perf_counter() - start, time.process_time() - cpu_start
    print(json.dumps({
        "program": "simpy",
        "version": f"{simpy.__version__} (Python {platform.python_version()})",
        "model": "tandem",
        "events": tandem.events,
        "loop_s": round(loop_s, 6),
        "loop_cpu_s": round(loop_cpu_s, 6),
        "events_per_s": round(tandem.events / loop_s),
        "mean_sojourn_ms": round(tandem.sojourn / options.customers, 6),
    }))


if __name__ == "__main__":
    main()
