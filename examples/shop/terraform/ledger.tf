# The ledger of accounting: outlives every cluster, so it is not in one.
resource "aws_db_instance" "ledger" {
  identifier     = "${local.name}-ledger"
  engine         = "postgres"
  engine_version = "17.6"
  instance_class = "db.m7g.large"
  db_name        = "ledger"
  username       = "ledger"

  manage_master_user_password   = true
  master_user_secret_kms_key_id = aws_kms_key.main.key_id

  allocated_storage     = 50
  max_allocated_storage = 500
  storage_type          = "gp3"
  storage_encrypted     = true
  kms_key_id            = aws_kms_key.main.arn

  multi_az               = true
  db_subnet_group_name   = aws_db_subnet_group.ledger.name
  parameter_group_name   = aws_db_parameter_group.ledger.name
  vpc_security_group_ids = [aws_security_group.ledger.id]
  publicly_accessible    = false
  ca_cert_identifier     = "rds-ca-rsa2048-g1"

  backup_retention_period   = 30
  copy_tags_to_snapshot     = true
  deletion_protection       = true
  skip_final_snapshot       = false
  final_snapshot_identifier = "${local.name}-ledger-final"

  auto_minor_version_upgrade          = true
  iam_database_authentication_enabled = true
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  monitoring_interval                 = 60
  monitoring_role_arn                 = aws_iam_role.rds_monitoring.arn
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = aws_kms_key.main.arn
}

resource "aws_db_parameter_group" "ledger" {
  name_prefix = "${local.name}-ledger-"
  family      = "postgres17"

  parameter {
    name         = "max_connections"
    value        = tostring(var.ledger_max_connections)
    apply_method = "pending-reboot"
  }

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_subnet_group" "ledger" {
  name       = "${local.name}-ledger"
  subnet_ids = [for subnet in aws_subnet.database : subnet.id]
}

resource "aws_security_group" "ledger" {
  name        = "${local.name}-ledger"
  description = "The ledger's database"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "ledger" {
  security_group_id            = aws_security_group.ledger.id
  referenced_security_group_id = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id
  description                  = "PostgreSQL from the pods of the cluster"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

# The name that deploy/mesh/service-entries.yaml and payments know.
resource "aws_route53_zone" "internal" {
  # checkov:skip=CKV2_AWS_38:A private zone cannot be signed.
  # checkov:skip=CKV2_AWS_39:Queries of a private zone are in the resolver's logs.
  name = "shop.internal"

  vpc {
    vpc_id = aws_vpc.main.id
  }
}

resource "aws_route53_record" "ledger" {
  zone_id = aws_route53_zone.internal.zone_id
  name    = "ledger.shop.internal"
  type    = "CNAME"
  ttl     = 60
  records = [aws_db_instance.ledger.address]
}

resource "aws_iam_role" "rds_monitoring" {
  name               = "${local.name}-rds-monitoring"
  assume_role_policy = data.aws_iam_policy_document.rds_monitoring_trust.json
}

data "aws_iam_policy_document" "rds_monitoring_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["monitoring.rds.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy_attachment" "rds_monitoring" {
  role       = aws_iam_role.rds_monitoring.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}
