CREATE INDEX parcels_by_status ON parcels (status, created);
