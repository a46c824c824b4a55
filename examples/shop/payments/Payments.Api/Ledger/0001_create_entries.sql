CREATE TABLE IF NOT EXISTS entries (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id BIGINT      NOT NULL,
    cents    BIGINT      NOT NULL,
    reason   TEXT        NOT NULL,
    booked   TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (order_id, reason)
);
