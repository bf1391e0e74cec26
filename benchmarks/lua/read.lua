-- Reads the addresses of a file one after the other, again and again, compressed; counts answers by status.
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(args)
  paths, position = {}, 0
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  ok, bad = 0, 0
end

function request()
  position = position % #paths + 1
  return wrk.format("GET", paths[position], { ["Accept-Encoding"] = "gzip" })
end

function response(status) if status == 200 then ok = ok + 1 else bad = bad + 1 end end

function done(summary, latency)
  local good, wrong = 0, 0
  for _, thread in ipairs(threads) do
    good = good + thread:get("ok")
    wrong = wrong + thread:get("bad")
  end
  print(string.format(
    'RESULT {"ok": %d, "bad": %d, "seconds": %.3f, "p50": %.2f, "p99": %.2f, "socket_errors": %d}',
    good, wrong, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
