-- Users with 1,000 tasks each: 1,000 of them, or as many as bench.users says. Task k of user u of the first thousand has
-- the id (k - 1) * 1000 + u, so that the tasks of one user lie as far apart as they do in life; each further thousand
-- follows behind.
insert into accounts (user_id)
select md5('user' || u) from generate_series(1, coalesce(current_setting('bench.users', true), '1000')::int) u;
insert into tasks (id, user_id, title, description, completed, created_at, updated_at)
select (u - 1) / 1000 * 1000000 + place, md5('user' || u),
       'Task ' || k || ': ' || substr(md5(k || '-' || u), 1, 20),
       'Description of task ' || k || ' with some text: ' || md5(u || '/' || k) || ' ' || md5(k || '/' || u),
       k % 3 = 0, ts, ts
from generate_series(1, coalesce(current_setting('bench.users', true), '1000')::int) u, generate_series(1, 1000) k,
     lateral (select (k - 1) * 1000 + (u - 1) % 1000 + 1 as place) p,
     lateral (select timestamptz '2025-01-01 00:00:00+00' + place * interval '7.123457 s' as ts) t
order by 1;
select setval(pg_get_serial_sequence('tasks', 'id'), max(id)) from tasks;
