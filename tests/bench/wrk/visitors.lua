-- The mixed load of requests.lua by visitors who think for PAUSE_MS between calls, each from an address of its own.
-- Prints: requests, microseconds, 2xx and 304, 429, 503, others, broken connections, p50 and p99, what the others were.

dofile((debug.getinfo(1, "S").source:match("^@(.*)/") or "tests/bench/wrk") .. "/requests.lua")

local pause = tonumber(os.getenv("PAUSE_MS") or "0")
local number = tonumber(os.getenv("FROM") or "0")
statuses = {}

local plain = request
function request()
    local member = number % 256
    number = number + 1
    wrk.headers["x-forwarded-for"] = "10.0.0." .. member
    return plain()
end

-- Visitors do not think in step.
function delay() return pause == 0 and 0 or math.random(pause / 2, pause * 3 / 2) end

function response(status) statuses[status] = (statuses[status] or 0) + 1 end

local threads = {}
function setup(thread) table.insert(threads, thread) end

function done(summary, latency)
    local ok, limited, shed, other, others = 0, 0, 0, 0, ""
    for _, thread in ipairs(threads) do
        for status, count in pairs(thread:get("statuses")) do
            if status < 400 then ok = ok + count
            elseif status == 429 then limited = limited + count
            elseif status == 503 then shed = shed + count
            else
                other = other + count
                others = others .. status .. "x" .. count .. ","
            end
        end
    end
    local errors = summary.errors
    print(string.format("RESULT %d %d %d %d %d %d %d %d %d %s", summary.requests, summary.duration, ok, limited, shed, other,
        errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99), others))
end
