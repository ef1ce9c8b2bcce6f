-- As many chains as connections: a request spends a refresh token that an earlier answer brought, and no token waits for another.
function init(args)
  tokens = {}
  for line in io.lines(args[1]) do tokens[#tokens + 1] = line end
  credentials = args[2]
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
  local token = table.remove(tokens)
  return wrk.format("POST", "/token", nil, credentials .. "&grant_type=refresh_token&refresh_token=" .. token)
end

function response(status, headers, body)
  if status == 200 then tokens[#tokens + 1] = body:match('"refresh_token":"([^"]+)"') end
end

function done(summary, latency, requests)
  io.write(string.format('RESULT {"requests":%d,"seconds":%.3f,"p50_ms":%.3f,"p99_ms":%.3f,"errors":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
