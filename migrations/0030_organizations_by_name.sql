-- A page of everything below an organization is in the order of names: where that is nearly everything there is, the page is
-- read off in this order instead of sorting all of it.
create index organizations_by_name on organizations (name, id);
-- What it knew, organizations_children knows as well.
drop index organizations_parent;
