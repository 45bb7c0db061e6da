-- Judges one call against one or two sliding windows and counts it in all of them or in none.
--
-- The arithmetic is that of window.rs: whole microseconds, the running bucket in full and the one before it in
-- proportion to what the window still covers. A double holds whole numbers up to 2^53, which is exact for 100 000 calls a
-- day or a hundred million a minute; beyond that a decision may come some milliseconds early or late.
--
-- KEYS   the windows, in the order in which they are judged
-- ARGV   1: the time in microseconds, or '' for Redis's own, which all instances share
--        then for each key: calls, length of the window, length of a block (both in microseconds; 0 is no block)
-- returns the time, the number of the window that refused (0: none did), and for each judged window its six figures
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end

local function load(index)
  local at = 2 + (index - 1) * 3
  local w = {
    key = KEYS[index], limit = tonumber(ARGV[at]), length = tonumber(ARGV[at + 1]), block = tonumber(ARGV[at + 2]),
    bucket = 0, current = 0, previous = 0, last_in_current = 0, last_in_previous = 0, blocked_until = 0,
  }
  local bucket, current, previous, last_in_current, last_in_previous, blocked_until =
    string.match(redis.call('GET', w.key) or '', '^(%d+) (%d+) (%d+) (%d+) (%d+) (%d+)$')
  if bucket then
    w.bucket, w.current, w.previous = tonumber(bucket), tonumber(current), tonumber(previous)
    w.last_in_current, w.last_in_previous = tonumber(last_in_current), tonumber(last_in_previous)
    w.blocked_until = tonumber(blocked_until)
  end
  return w
end

local function save(w)
  local figures = string.format('%.0f %.0f %.0f %.0f %.0f %.0f',
    w.bucket, w.current, w.previous, w.last_in_current, w.last_in_previous, w.blocked_until)
  -- After two windows, or at the end of the block, it says nothing any more.
  local life = math.max(w.length * 2, w.blocked_until - now)
  redis.call('SET', w.key, figures, 'PX', string.format('%.0f', math.ceil(life / 1000) + 1))
end

-- A clock that went backwards leaves the buckets where they are. That is kept whatever becomes of the call.
local function roll(w)
  local bucket = math.floor(now / w.length)
  if bucket <= w.bucket then return end
  w.is_changed = true
  w.previous = (bucket - w.bucket == 1) and w.current or 0
  w.last_in_previous = w.last_in_current
  w.current, w.bucket = 0, bucket
end

local function fits(w)
  if now < w.blocked_until then return false end
  local rest = 0
  if now < w.last_in_previous + w.length then
    rest = w.length - math.min(math.max(now - w.bucket * w.length, 0), w.length)
  end
  return w.current * w.length + w.previous * rest + w.length <= w.limit * w.length
end

-- A running block is not prolonged; whoever sat out one as long as the window begins anew.
local function block(w)
  if now < w.blocked_until or w.block == 0 then return end
  w.blocked_until = now + w.block
  w.is_changed = true
  if w.block >= w.length then w.current, w.previous = 0, 0 end
end

local windows, refused = {}, 0
for index = 1, #KEYS do
  local w = load(index)
  windows[index] = w
  roll(w)
  if not fits(w) then
    block(w)
    refused = index
    break
  end
end

local answer = { now, refused }
for _, w in ipairs(windows) do
  if refused == 0 then
    w.current = w.current + 1
    w.last_in_current = math.max(w.last_in_current, now)
    w.is_changed = true
  end
  if w.is_changed then save(w) end
  for _, figure in ipairs({ w.bucket, w.current, w.previous, w.last_in_current, w.last_in_previous, w.blocked_until }) do
    answer[#answer + 1] = figure
  end
end
return answer
