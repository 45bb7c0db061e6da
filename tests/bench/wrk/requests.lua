-- What wrk sends: OPERATION names it. Order n belongs to member n modulo the number of tokens; FROM is the first n.
-- Prints one line: requests, microseconds, answers that were no success, errors of sockets, p50 and p99 in microseconds.

local operation = os.getenv("OPERATION")
local n = tonumber(os.getenv("FROM") or "0")
local stamp = os.getenv("STAMP") or ""
local opened = os.getenv("OPENED") or ""
local products = tonumber(os.getenv("PRODUCTS") or "1")
local payable = tonumber(os.getenv("PAYABLE") or "1")
local run = os.getenv("RUN") or "0"
-- The first order that the mixed load pays.
local unpaid = tonumber(os.getenv("UNPAID") or "0")
local members, tokens = 0, {}

function init()
    for line in io.lines(os.getenv("TOKENS")) do
        tokens[members] = "Bearer " .. line
        members = members + 1
    end
end

-- The ids that the seed makes: the time, the kind, the number.
local function id(time, kind, number)
    return string.format("%s-%s-7000-800%d-%012d", time:sub(1, 8), time:sub(9, 12), kind, number)
end
local function member(number) return tokens[number % members] end
local function product(number) return id(opened, 4, number % products) end

local send = {}

function send.list() return wrk.format("GET", "/api/v1/products") end

function send.item(number) return wrk.format("GET", "/api/v1/products/" .. product(number)) end

function send.read(number)
    local order = number % payable
    return wrk.format("GET", "/api/v1/orders/" .. id(stamp, 6, order), { authorization = member(order) })
end

function send.page(number) return wrk.format("GET", "/api/v1/orders", { authorization = member(number) }) end

function send.create(number)
    return wrk.format("POST", "/api/v1/orders", {
        authorization = member(number),
        ["content-type"] = "application/json",
        ["idempotency-key"] = "create-" .. run .. "-" .. number,
    }, '{"productId":"' .. product(number) .. '","quantity":1}')
end

function send.pay(number)
    return wrk.format("POST", "/api/v1/orders/" .. id(stamp, 6, number) .. "/pay", {
        authorization = member(number),
        ["idempotency-key"] = "pay-" .. run .. "-" .. number,
    })
end

function send.login(number)
    return wrk.format("POST", "/api/v1/auth/login", { ["content-type"] = "application/json" },
        '{"email":"member' .. number % members .. '@bench.example","password":"correct horse battery"}')
end

-- A shop's day: people look far more than they buy. Of 200 calls 140 look at the catalogue, 30 at an order, 10 at their
-- orders, 13 order, 6 pay, 1 logs in.
function send.mixed(number)
    local place = number % 200
    if place < 100 then return send.list() end
    if place < 140 then return send.item(number) end
    if place < 170 then return send.read(number) end
    if place < 180 then return send.page(number) end
    if place < 193 then return send.create(number) end
    if place < 199 then return send.pay(unpaid + (number - place) / 200 * 6 + place - 193) end
    return send.login(number)
end

-- A page whose path is given.
function send.path() return wrk.format("GET", os.getenv("TARGET"), { authorization = tokens[0] }) end

local format = send[operation]

function request()
    local call = format(n)
    n = n + 1
    return call
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format("RESULT %d %d %d %d %d %d", summary.requests, summary.duration, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
