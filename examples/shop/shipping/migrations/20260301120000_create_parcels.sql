CREATE TABLE parcels (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id BIGINT      NOT NULL UNIQUE,
    grams    INTEGER     NOT NULL CHECK (grams > 0),
    country  TEXT        NOT NULL CHECK (length(country) = 2),
    status   TEXT        NOT NULL DEFAULT 'released',
    created  TIMESTAMPTZ NOT NULL DEFAULT now()
);
