-- 1,000 users with 1,000 tasks each: task k of user u has the id (k - 1) * 1000 + u, so that the tasks of one user lie
-- as far apart as they do in life.
insert into accounts (user_id) select md5('user' || u) from generate_series(1, 1000) u;
insert into tasks (id, user_id, title, description, completed, created_at, updated_at)
select (k - 1) * 1000 + u, md5('user' || u),
       'Task ' || k || ': ' || substr(md5(k || '-' || u), 1, 20),
       'Description of task ' || k || ' with some text: ' || md5(u || '/' || k) || ' ' || md5(k || '/' || u),
       k % 3 = 0, ts, ts
from generate_series(1, 1000) k, generate_series(1, 1000) u,
     lateral (select timestamptz '2025-01-01 00:00:00+00' + ((k - 1) * 1000 + u) * interval '7.123457 s' as ts) t
order by 1;
select setval(pg_get_serial_sequence('tasks', 'id'), 1000000);
