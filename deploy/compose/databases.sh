# Written by `make generate` from openapi/ and deploy/settings.yaml: do not edit.
for file in /run/secrets/roles/*; do
  psql --no-psqlrc --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \
    --set=name="${file##*/}" --set=password="$(cat "$file")" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
