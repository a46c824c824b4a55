"""Takes stock for orders that were placed. Run as ``python -m catalog.worker``."""

import json
import logging
import os
import signal
from pathlib import Path

from kafka import KafkaConsumer, KafkaProducer
from prometheus_client import Counter, start_http_server

from catalog.application import create_app
from catalog.stock import NotEnoughStock

log = logging.getLogger("catalog.worker")

HANDLED = Counter("catalog_orders_handled_total", "Orders whose stock was taken", ["result"])


def handle(app, message: bytes) -> None:
    """Takes one order's stock. Raises for a message that no repetition can mend."""
    order = json.loads(message)
    with app.app_context():
        app.extensions["stock"].take(order["orderId"], order["sku"], order["quantity"])


def connection() -> dict:
    settings: dict = {"bootstrap_servers": os.environ["KAFKA_BOOTSTRAP_SERVERS"]}
    directory = os.environ.get("KAFKA_CREDENTIALS_DIRECTORY")
    if directory:
        settings |= {
            "security_protocol": "SASL_SSL",
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": Path(directory, "kafka-username").read_text(encoding="utf-8").strip(),
            "sasl_plain_password": Path(directory, "kafka-password").read_text(encoding="utf-8").strip(),
            "ssl_cafile": str(Path(directory, "kafka-ca.crt")),
        }
    return settings


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    app = create_app()
    consumer = KafkaConsumer(
        os.environ["KAFKA_TOPIC"],
        group_id=os.environ["KAFKA_CONSUMER_GROUP"],
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_poll_records=50,
        **connection(),
    )
    dead_letters = KafkaProducer(acks="all", retries=5, **connection())
    running = True

    def stop(*_: object) -> None:
        nonlocal running
        running = False

    signal.signal(signal.SIGTERM, stop)
    start_http_server(9090)
    while running:
        for messages in consumer.poll(timeout_ms=1000).values():
            for message in messages:
                try:
                    handle(app, message.value)
                    HANDLED.labels("taken").inc()
                except (NotEnoughStock, KeyError, TypeError, ValueError) as error:
                    log.error("order at offset %d goes to the dead letters: %s", message.offset, error)
                    dead_letters.send(os.environ["KAFKA_DEAD_LETTER_TOPIC"], message.value, message.key).get(timeout=10)
                    HANDLED.labels("dead_letter").inc()
        # Only what was handled or put aside counts as read.
        consumer.commit()
    dead_letters.close()
    consumer.close()


if __name__ == "__main__":
    main()
