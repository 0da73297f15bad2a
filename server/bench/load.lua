-- What wrk sends for server/bench/load, and a line of figures at the end. Arguments: the scenario, a seed for what is
-- left to chance, the last task that was deleted before, and a file with a user and a token in each line.

-- As in seed.sql; of each user's tasks, the first are there to be deleted and the others to be read and changed.
local APART, TASKS, DELETABLE = 1000, 1000, 500

local random = math.random
local scenario
local paths, heads = {}, {}
local sender

-- There is one thread.
function setup(thread)
  sender = thread
end

function init(arguments)
  scenario = arguments[1]
  math.randomseed(tonumber(arguments[2]))
  deleted = tonumber(arguments[3])
  for line in io.lines(arguments[4]) do
    local user, token = line:match("^(%S+) (%S+)$")
    table.insert(paths, "/api/" .. user .. "/tasks")
    table.insert(heads, " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nAuthorization: Bearer " .. token .. "\r\n")
  end
end

local function send(method, user, rest, body)
  local start = method .. " " .. paths[user] .. rest .. heads[user]
  if not body then
    return start .. "\r\n"
  end
  return start .. "Content-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

local function task(user)
  return "/" .. random(DELETABLE, TASKS - 1) * APART + user
end

local function text(title)
  return '{"title": "' .. title .. random(1000000) .. '", "description": "About as long as what people write, and rarely longer."}'
end

local function read(user)
  return send("GET", user, task(user))
end

local function list(user)
  return send("GET", user, "?limit=50")
end

local function create(user)
  return send("POST", user, "", text("Created "))
end

local function change(user)
  return send("PATCH", user, task(user), '{"completed": ' .. tostring(random() < 0.5) .. "}")
end

local function replace(user)
  return send("PUT", user, task(user), text("Replaced "))
end

-- One that nobody else deletes; when all are gone, others are replaced instead.
local function delete(user)
  if deleted >= #paths * DELETABLE then
    return replace(user)
  end
  local owner = deleted % #paths + 1
  local number = math.floor(deleted / #paths)
  deleted = deleted + 1
  return send("DELETE", owner, "/" .. number * APART + owner)
end

local function mixed(user)
  local chance = random(1000)
  local kind = chance <= 700 and read
    or chance <= 800 and list
    or chance <= 900 and create
    or chance <= 950 and change
    or chance <= 975 and replace
    or delete
  return kind(user)
end

local scenarios = {["read-one"] = read, ["list-50"] = list, create = create, mixed = mixed}

function request()
  return scenarios[scenario](random(#paths))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "FIGURES %d %d %.3f %.3f %d %d\n",
    summary.requests - errors.status,
    summary.duration,
    latency:percentile(50) / 1000,
    latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    sender:get("deleted")))
end
