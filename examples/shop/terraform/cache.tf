# Sessions of the storefront's users: shared by all clusters, so it is not in one of them.
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "${local.name}-sessions"
  description          = "Sessions of the storefront"
  engine               = "valkey"
  engine_version       = "8.1"
  node_type            = "cache.m7g.large"
  parameter_group_name = aws_elasticache_parameter_group.sessions.name

  num_cache_clusters         = 3
  automatic_failover_enabled = true
  multi_az_enabled           = true
  subnet_group_name          = aws_elasticache_subnet_group.sessions.name
  security_group_ids         = [aws_security_group.sessions.id]

  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.main.arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  auth_token                 = random_password.sessions.result
  auth_token_update_strategy = "ROTATE"

  snapshot_retention_limit   = 7
  snapshot_window            = "02:00-03:00"
  maintenance_window         = "sun:03:30-sun:04:30"
  auto_minor_version_upgrade = true
}

resource "aws_elasticache_parameter_group" "sessions" {
  name   = "${local.name}-sessions"
  family = "valkey8"

  # A session that nobody used for longest goes first; all of them have a time to live.
  parameter {
    name  = "maxmemory-policy"
    value = "volatile-lru"
  }

  parameter {
    name  = "notify-keyspace-events"
    value = "Exe"
  }
}

resource "aws_elasticache_subnet_group" "sessions" {
  name       = "${local.name}-sessions"
  subnet_ids = [for subnet in aws_subnet.database : subnet.id]
}

resource "aws_security_group" "sessions" {
  name        = "${local.name}-sessions"
  description = "The store of sessions"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "sessions" {
  security_group_id            = aws_security_group.sessions.id
  referenced_security_group_id = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id
  description                  = "Valkey from the pods of the cluster"
  ip_protocol                  = "tcp"
  from_port                    = 6379
  to_port                      = 6379
}

resource "random_password" "sessions" {
  length  = 64
  special = false
}
