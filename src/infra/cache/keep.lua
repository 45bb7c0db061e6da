-- Keeps an answer, unless its operation was invalidated since somebody began to make it.
--
-- KEYS  1: the mark of the operation's last invalidation   2: the answer
-- ARGV  1: the mark that was seen before the answer was made ('' for none)   2: a mark to set when there is none
--       3: the answer before its mark   4: the answer behind its mark   5: its life in milliseconds
-- returns 1 when it was kept
local mark = redis.call('GET', KEYS[1]) or ''
if mark ~= ARGV[1] then return 0 end
if mark == '' then
  mark = ARGV[2]
  redis.call('SET', KEYS[1], mark, 'EX', 86400)
end
redis.call('SET', KEYS[2], ARGV[3] .. string.char(#mark) .. mark .. ARGV[4], 'PX', ARGV[5])
return 1
