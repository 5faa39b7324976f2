-- Ending all sessions of a person is one statement at home, however many organizations they are signed in at: a session
-- remembers the generation that its proof was given under, and is worth nothing once the person has another one.
-- A sign-in that was proven before a reset and finishes after it is dead on arrival for the same reason.

alter table people   add column session_generation integer not null default 1;
alter table sessions add column generation integer not null default 1;
