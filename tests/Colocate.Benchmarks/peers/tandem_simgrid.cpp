// The tandem queue in SimGrid (S4U): an actor for each station and one for the arrivals. Customers go from actor to actor either through a
// mailbox, SimGrid's own way (over the host's loopback), or through a queue with a semaphore, which leaves the network model out.
#include <chrono>
#include <cstdio>
#include <ctime>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <simgrid/s4u.hpp>
#include <simgrid/version.h>

namespace sg4 = simgrid::s4u;

namespace {

// One simulated second stands for a millisecond, so that SimGrid's precision of 1e-9 s is fine enough for short services.
constexpr double kGapMs = 1;
constexpr double kServiceMs[] = {0.7, 0.6, 0.5};
constexpr size_t kStations = 3;

struct Customer {
  double arrived_ms;
};

class Line {
public:
  virtual ~Line() = default;
  virtual void put(Customer* customer) = 0;
  virtual Customer* get() = 0;
};

class MailboxLine : public Line {
public:
  explicit MailboxLine(const std::string& name) : mailbox_(sg4::Mailbox::by_name(name)) {}
  void put(Customer* customer) override { mailbox_->put_init(customer, 0)->detach(); }
  Customer* get() override { return mailbox_->get<Customer>(); }

private:
  sg4::Mailbox* mailbox_;
};

class SemaphoreLine : public Line {
public:
  void put(Customer* customer) override
  {
    waiting_.push_back(customer);
    filled_->release();
  }
  Customer* get() override
  {
    filled_->acquire();
    Customer* first = waiting_.front();
    waiting_.pop_front();
    return first;
  }

private:
  std::deque<Customer*> waiting_;
  sg4::SemaphorePtr filled_ = sg4::Semaphore::create(0);
};

struct Tandem {
  long customers;
  long events    = 0;
  double sojourn_ms = 0;
  std::mt19937_64 random;
  std::vector<std::unique_ptr<Line>> lines;

  double draw(double mean) { return std::exponential_distribution<double>(1 / mean)(random); }

  void source()
  {
    for (long i = 0; i < customers; i++) {
      sg4::this_actor::sleep_for(draw(kGapMs));
      events++;
      lines[0]->put(new Customer{sg4::Engine::get_clock()});
    }
  }

  void station(size_t number)
  {
    for (long i = 0; i < customers; i++) {
      Customer* customer = lines[number]->get();
      sg4::this_actor::sleep_for(draw(kServiceMs[number]));
      events++;
      if (number + 1 < kStations) {
        lines[number + 1]->put(customer);
      } else {
        sojourn_ms += sg4::Engine::get_clock() - customer->arrived_ms;
        delete customer;
      }
    }
  }
};

} // namespace

int main(int argc, char** argv)
{
  sg4::Engine engine(&argc, argv);
  if (argc != 4) {
    std::fprintf(stderr, "usage: %s mailbox|semaphore CUSTOMERS SEED\n", argv[0]);
    return 2;
  }
  const bool by_mailbox = std::string(argv[1]) == "mailbox";
  Tandem tandem{std::stol(argv[2])};
  tandem.random.seed(std::stoul(argv[3]));

  auto* zone = sg4::create_full_zone("zone");
  auto* host = zone->create_host("host", 1e9);
  // A loopback that takes no time worth mentioning beside services of half a millisecond.
  auto* loopback = zone->create_link("loopback", 1e15)->set_latency(0)->set_sharing_policy(sg4::Link::SharingPolicy::FATPIPE)->seal();
  zone->add_route(host->get_netpoint(), host->get_netpoint(), nullptr, nullptr, {sg4::LinkInRoute(loopback)});
  zone->seal();

  for (size_t i = 0; i < kStations; i++) {
    if (by_mailbox)
      tandem.lines.push_back(std::make_unique<MailboxLine>("station" + std::to_string(i)));
    else
      tandem.lines.push_back(std::make_unique<SemaphoreLine>());
  }
  sg4::Actor::create("source", host, [&tandem] { tandem.source(); });
  for (size_t i = 0; i < kStations; i++)
    sg4::Actor::create("station", host, [&tandem, i] { tandem.station(i); });

  const auto start             = std::chrono::steady_clock::now();
  const std::clock_t cpu_start = std::clock();
  engine.run();
  const double loop_cpu_s = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
  const double loop_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

  std::printf("{\"program\": \"simgrid-%s\", \"version\": \"%d.%d\", \"model\": \"tandem\", \"events\": %ld, \"loop_s\": %.6f, \"loop_cpu_s\": %.6f, "
              "\"events_per_s\": %.0f, \"mean_sojourn_ms\": %.6f}\n",
              argv[1], SIMGRID_VERSION_MAJOR, SIMGRID_VERSION_MINOR, tandem.events, loop_s, loop_cpu_s, static_cast<double>(tandem.events) / loop_s,
              tandem.sojourn_ms / static_cast<double>(tandem.customers));
  return 0;
}
