/** What PostgreSQL admits where nobody sets it. */
export const POSTGRES_DEFAULT = 100;
/** PostgreSQL keeps these for superusers: `superuser_reserved_connections`. */
export const POSTGRES_RESERVED = 3;
/** MySQL and MariaDB. */
export const MYSQL_DEFAULT = 151;
