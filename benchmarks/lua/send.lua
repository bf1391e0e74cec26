-- Sends the lines of a file, each exactly once: "<method>\t<path>\t<token>\t<body>". Counts answers by status, and says
-- FINISHED when every line is answered: wrk itself would go on to the end of its time.
local REST = 100000000 -- milliseconds: a connection that finds no line left sends nothing more
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(args)
  lines, pause = {}, tonumber(args[2])
  for line in io.lines(args[1]) do lines[#lines + 1] = line end
  ok, bad, promised, sent = 0, 0, 0, 0
end

-- wrk asks for a delay before each request that it really sends, and for one request more when it starts, to look at it.
function delay()
  promised = promised + 1
  if promised > #lines then return REST end
  return pause
end

function request()
  if promised > 0 then sent = sent + 1 end
  local method, path, token, body = lines[math.max(sent, 1)]:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
  local headers = { ["Content-Type"] = "application/json" }
  if token ~= "" then headers["Authorization"] = "Bearer " .. token end
  return wrk.format(method, path, headers, body)
end

function response(status)
  if status >= 200 and status < 300 then ok = ok + 1 else bad = bad + 1 end
  if ok + bad == #lines then
    print("FINISHED")
    io.stdout:flush()
  end
end

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
