-- Sends the lines of a file, each once: "<method>\t<path>\t<token>\t<body>"; then stops. Counts answers by status.
local lines, position, step = {}, 1, 1
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(args)
  step = tonumber(args[2])
  pause = tonumber(args[3])
  position = number + 1
  for line in io.lines(args[1]) do lines[#lines + 1] = line end
  ok, bad = 0, 0
end

function request()
  local line = lines[position] or lines[#lines]
  position = position + step
  local method, path, token, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
  local headers = { ["Content-Type"] = "application/json" }
  if token ~= "" then headers["Authorization"] = "Bearer " .. token end
  return wrk.format(method, path, headers, body)
end

function delay() return pause end

function response(status)
  if status >= 200 and status < 300 then ok = ok + 1 else bad = bad + 1 end
  if ok + bad >= math.floor(#lines / step) then wrk.thread:stop() end
end

function done(summary, latency)
  local good, wrong = 0, 0
  for _, thread in ipairs(threads) do
    good = good + thread:get("ok")
    wrong = wrong + thread:get("bad")
  end
  print(string.format(
    'RESULT {"ok": %d, "bad": %d, "seconds": %.3f, "p50": %.2f, "p90": %.2f, "p99": %.2f, "socket_errors": %d}',
    good, wrong, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(90) / 1e3,
    latency:percentile(99) / 1e3,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
