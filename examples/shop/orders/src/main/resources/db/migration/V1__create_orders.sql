CREATE TABLE orders (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer   VARCHAR(255) NOT NULL,
    sku        VARCHAR(64)  NOT NULL,
    quantity   INTEGER      NOT NULL CHECK (quantity > 0),
    cents      BIGINT       NOT NULL CHECK (cents >= 0),
    grams      INTEGER      NOT NULL CHECK (grams > 0),
    country    VARCHAR(2)   NOT NULL,
    status     VARCHAR(16)  NOT NULL,
    version    INTEGER      NOT NULL DEFAULT 0
);
