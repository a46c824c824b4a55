terraform {
  required_version = ">= 1.5"
  required_providers {
    aws        = { source = "hashicorp/aws", version = "~> 6.0" }
    google     = { source = "hashicorp/google", version = "~> 6.0" }
    azurerm    = { source = "hashicorp/azurerm", version = "~> 4.0" }
    kubernetes = { source = "hashicorp/kubernetes", version = "~> 2.30" }
    helm       = { source = "hashicorp/helm", version = "~> 3.0" }
    vault      = { source = "hashicorp/vault", version = "~> 5.0" }
    random     = { source = "hashicorp/random" }
  }
}
provider "azurerm" {
  features {
    key_vault { purge_soft_delete_on_destroy = true }
  }
}
provider "google" {
  project = "x"
  region  = "europe-west1"
}
provider "kubernetes" {
  host                   = aws_eks_cluster.this.endpoint
  cluster_ca_certificate = base64decode(aws_eks_cluster.this.certificate_authority[0].data)
  exec {
    api_version = "client.authentication.k8s.io/v1beta1"
    command     = "aws"
    args        = ["eks", "get-token", "--cluster-name", aws_eks_cluster.this.name]
  }
}
provider "helm" {
  kubernetes = {
    host = aws_eks_cluster.this.endpoint
    exec = {
      api_version = "client.authentication.k8s.io/v1beta1"
      command     = "aws"
      args        = ["eks"]
    }
  }
}
provider "vault" { address = "https://vault" }
provider "aws" {
  region = "eu-central-1"
  assume_role { role_arn = "arn:aws:iam::1:role/x" }
  default_tags { tags = { team = "a" } }
}
resource "aws_security_group" "x" {
  name_prefix = "x"
  vpc_id      = aws_vpc.this[0].id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
    self        = true
  }
  dynamic "egress" {
    for_each = var.rules
    content {
      from_port   = egress.value.from
      to_port     = egress.value["to"]
      protocol    = "-1"
      cidr_blocks = egress.value.cidrs
    }
  }
  tags = merge(local.tags, { Name = "x" })
  lifecycle { create_before_destroy = true }
  timeouts { create = "5m" }
}
resource "aws_vpc" "this" {
  count                = var.create ? 1 : 0
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_route_table" "r" {
  vpc_id = aws_vpc.this[0].id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.g.id
  }
}
resource "aws_internet_gateway" "g" { vpc_id = aws_vpc.this[0].id }
resource "aws_subnet" "private" {
  for_each          = toset(["a", "b"])
  vpc_id            = aws_vpc.this[0].id
  cidr_block        = cidrsubnet(aws_vpc.this[0].cidr_block, 8, 1)
  availability_zone = "eu-central-1${each.key}"
}
resource "aws_iam_role" "r" {
  name               = "x"
  assume_role_policy = data.aws_iam_policy_document.a.json
}
data "aws_iam_policy_document" "a" {
  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["eks.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:x"
      values   = ["y"]
    }
  }
}
resource "aws_eks_cluster" "this" {
  name                      = "x"
  role_arn                  = aws_iam_role.r.arn
  version                   = "1.33"
  enabled_cluster_log_types = ["api", "audit"]
  vpc_config {
    subnet_ids              = values(aws_subnet.private)[*].id
    endpoint_private_access = true
    public_access_cidrs     = ["0.0.0.0/0"]
  }
  encryption_config {
    resources = ["secrets"]
    provider { key_arn = aws_kms_key.k.arn }
  }
}
resource "aws_kms_key" "k" {
  description             = "x"
  enable_key_rotation     = true
  deletion_window_in_days = 10
}
resource "aws_eks_node_group" "n" {
  cluster_name    = aws_eks_cluster.this.name
  node_group_name = "x"
  node_role_arn   = aws_iam_role.r.arn
  subnet_ids      = [for s in aws_subnet.private : s.id]
  capacity_type   = "SPOT"
  instance_types  = ["m5.large"]
  scaling_config {
    desired_size = 1
    max_size     = 2
    min_size     = 1
  }
  update_config { max_unavailable = 1 }
  taint {
    key    = "a"
    value  = "b"
    effect = "NO_SCHEDULE"
  }
  lifecycle { ignore_changes = [scaling_config[0].desired_size] }
}
resource "aws_db_instance" "d" {
  allocated_storage            = 20
  engine                       = "postgres"
  engine_version               = "16"
  instance_class               = "db.t3.micro"
  db_name                      = "shop"
  username                     = "shop"
  manage_master_user_password  = true
  vpc_security_group_ids       = [aws_security_group.x.id]
  db_subnet_group_name         = aws_db_subnet_group.d.name
  skip_final_snapshot          = true
  performance_insights_enabled = true
}
resource "aws_db_subnet_group" "d" { subnet_ids = [for s in aws_subnet.private : s.id] }
resource "aws_s3_bucket" "b" {
  bucket_prefix = "x"
  force_destroy = true
}
resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  bucket = aws_s3_bucket.b.id
  rule {
    apply_server_side_encryption_by_default { sse_algorithm = "aws:kms" }
    bucket_key_enabled = true
  }
}
resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_lifecycle_configuration" "b" {
  bucket = aws_s3_bucket.b.id
  rule {
    id     = "x"
    status = "Enabled"
    filter {}
    expiration { days = 1 }
    noncurrent_version_expiration { noncurrent_days = 1 }
  }
}
resource "aws_lb" "l" {
  name               = "x"
  internal           = false
  load_balancer_type = "application"
  security_groups    = [aws_security_group.x.id]
  subnets            = [for s in aws_subnet.private : s.id]
  access_logs {
    bucket  = aws_s3_bucket.b.id
    enabled = true
  }
}
resource "aws_lb_listener" "l" {
  load_balancer_arn = aws_lb.l.arn
  port              = "443"
  protocol          = "HTTPS"
  default_action {
    type = "redirect"
    redirect {
      status_code = "HTTP_301"
      port        = 443
      protocol    = "HTTPS"
    }
  }
}
resource "aws_autoscaling_group" "a" {
  max_size            = 1
  min_size            = 1
  vpc_zone_identifier = [for s in aws_subnet.private : s.id]
  launch_template {
    id      = aws_launch_template.t.id
    version = "$Latest"
  }
  tag {
    key                 = "a"
    value               = "b"
    propagate_at_launch = true
  }
}
resource "aws_launch_template" "t" {
  name_prefix   = "x"
  instance_type = "t3.micro"
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 20
      encrypted   = true
    }
  }
  metadata_options { http_tokens = "required" }
  user_data = base64encode("x")
  tag_specifications {
    resource_type = "instance"
    tags          = { a = "b" }
  }
}
resource "aws_instance" "i" {
  ami           = data.aws_ami.a.id
  instance_type = "t3.micro"
  subnet_id     = aws_subnet.private["a"].id
  root_block_device { encrypted = true }
  connection {
    type = "ssh"
    host = self.public_ip
  }
  provisioner "remote-exec" { inline = ["x"] }
}
data "aws_ami" "a" {
  most_recent = true
  owners      = ["amazon"]
  filter {
    name   = "name"
    values = ["al2023-*"]
  }
}
resource "aws_dynamodb_table" "t" {
  name         = "x"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  ttl { attribute_name = "ttl" }
  point_in_time_recovery { enabled = true }
}
resource "aws_lambda_function" "f" {
  function_name = "x"
  role          = aws_iam_role.r.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "x.zip"
  environment { variables = { A = "b" } }
  vpc_config {
    subnet_ids         = []
    security_group_ids = []
  }
}
resource "aws_sqs_queue" "q" {
  name           = "x"
  redrive_policy = jsonencode({ maxReceiveCount = 3 })
}
resource "aws_elasticache_replication_group" "r" {
  replication_group_id       = "x"
  description                = "x"
  node_type                  = "cache.t3.micro"
  num_cache_clusters         = 2
  transit_encryption_enabled = true
}
resource "aws_cloudwatch_log_group" "l" {
  name              = "x"
  retention_in_days = 30
}
resource "aws_eip" "e" { domain = "vpc" }
resource "aws_nat_gateway" "n" {
  allocation_id = aws_eip.e.id
  subnet_id     = aws_subnet.private["a"].id
  depends_on    = [aws_internet_gateway.g]
}
resource "aws_cloudfront_distribution" "c" {
  enabled = true
  origin {
    domain_name = "x"
    origin_id   = "x"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "x"
    viewer_protocol_policy = "redirect-to-https"
    forwarded_values {
      query_string = false
      cookies { forward = "none" }
    }
  }
  restrictions {
    geo_restriction { restriction_type = "none" }
  }
  viewer_certificate { cloudfront_default_certificate = true }
}
resource "google_container_cluster" "g" {
  name                     = "x"
  location                 = "europe-west1"
  remove_default_node_pool = true
  initial_node_count       = 1
  deletion_protection      = false
  workload_identity_config { workload_pool = "x.svc.id.goog" }
  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = false
    master_ipv4_cidr_block  = "172.16.0.0/28"
  }
  ip_allocation_policy {}
}
resource "google_container_node_pool" "n" {
  cluster    = google_container_cluster.g.id
  node_count = 1
  autoscaling {
    min_node_count = 1
    max_node_count = 3
  }
  node_config {
    machine_type = "e2-medium"
    spot         = true
    oauth_scopes = ["https://www.googleapis.com/auth/cloud-platform"]
    labels       = { a = "b" }
  }
}
resource "google_compute_network" "n" {
  name                    = "x"
  auto_create_subnetworks = false
}
resource "google_compute_firewall" "f" {
  name    = "x"
  network = google_compute_network.n.name
  allow {
    protocol = "tcp"
    ports    = ["80"]
  }
  source_ranges = ["0.0.0.0/0"]
}
resource "google_sql_database_instance" "s" {
  database_version = "POSTGRES_16"
  settings {
    tier = "db-f1-micro"
    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.n.id
    }
    backup_configuration { enabled = true }
  }
}
resource "google_storage_bucket" "b" {
  name                        = "x"
  location                    = "EU"
  uniform_bucket_level_access = true
  versioning { enabled = true }
  lifecycle_rule {
    action { type = "Delete" }
    condition { age = 30 }
  }
}
resource "azurerm_resource_group" "g" {
  name     = "x"
  location = "West Europe"
}
resource "azurerm_kubernetes_cluster" "k" {
  name                = "x"
  location            = azurerm_resource_group.g.location
  resource_group_name = azurerm_resource_group.g.name
  dns_prefix          = "x"
  default_node_pool {
    name       = "default"
    node_count = 1
    vm_size    = "Standard_D2_v2"
  }
  identity { type = "SystemAssigned" }
  network_profile { network_plugin = "azure" }
}
resource "azurerm_virtual_network" "v" {
  name                = "x"
  address_space       = ["10.0.0.0/16"]
  location            = azurerm_resource_group.g.location
  resource_group_name = azurerm_resource_group.g.name
  subnet {
    name             = "a"
    address_prefixes = ["10.0.1.0/24"]
  }
}
resource "azurerm_network_security_group" "n" {
  name                = "x"
  location            = azurerm_resource_group.g.location
  resource_group_name = azurerm_resource_group.g.name
  security_rule {
    name                       = "a"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "443"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}
resource "azurerm_storage_account" "s" {
  name                     = "x"
  resource_group_name      = azurerm_resource_group.g.name
  location                 = azurerm_resource_group.g.location
  account_tier             = "Standard"
  account_replication_type = "LRS"
  blob_properties {
    versioning_enabled = true
    delete_retention_policy { days = 7 }
  }
}
resource "azurerm_postgresql_flexible_server" "p" {
  name                = "x"
  resource_group_name = azurerm_resource_group.g.name
  location            = azurerm_resource_group.g.location
  sku_name            = "B_Standard_B1ms"
}
resource "azurerm_key_vault" "k" {
  name                = "x"
  location            = azurerm_resource_group.g.location
  resource_group_name = azurerm_resource_group.g.name
  tenant_id           = "x"
  sku_name            = "standard"
  access_policy {
    tenant_id          = "x"
    object_id          = "y"
    secret_permissions = ["Get"]
  }
}
resource "kubernetes_namespace" "n" {
  metadata {
    name   = "x"
    labels = { a = "b" }
  }
}
resource "kubernetes_deployment" "d" {
  metadata {
    name      = "x"
    namespace = kubernetes_namespace.n.metadata[0].name
  }
  spec {
    replicas = 2
    selector { match_labels = { app = "x" } }
    template {
      metadata { labels = { app = "x" } }
      spec {
        container {
          name  = "x"
          image = "nginx:1.27"
          port { container_port = 80 }
          resources {
            limits   = { cpu = "1", memory = "1Gi" }
            requests = { cpu = "1" }
          }
          liveness_probe {
            http_get {
              path = "/"
              port = 80
            }
          }
          env {
            name = "A"
            value_from {
              secret_key_ref {
                name = "a"
                key  = "b"
              }
            }
          }
        }
      }
    }
  }
}
resource "kubernetes_service" "s" {
  metadata { name = "x" }
  spec {
    selector = { app = "x" }
    port {
      port        = 80
      target_port = 8080
    }
    type = "ClusterIP"
  }
}
resource "kubernetes_secret" "s" {
  metadata { name = "x" }
  data = { a = "b" }
}
resource "kubernetes_manifest" "m" {
  manifest = {
    apiVersion = "v1"
    kind       = "ConfigMap"
  }
}
resource "helm_release" "h" {
  name             = "x"
  repository       = "https://x"
  chart            = "x"
  values           = [file("x.yaml")]
  set              = [{ name = "a", value = "b" }]
  create_namespace = true
}
resource "vault_mount" "m" {
  path    = "kv"
  type    = "kv"
  options = { version = "2" }
}
resource "vault_policy" "p" {
  name   = "x"
  policy = "x"
}
resource "vault_kubernetes_auth_backend_role" "r" {
  role_name                        = "x"
  bound_service_account_names      = ["a"]
  bound_service_account_namespaces = ["b"]
  token_ttl                        = 3600
}
resource "random_password" "p" { length = 16 }
variable "rules" {
  type    = list(object({ from = number, to = number, cidrs = list(string) }))
  default = []
}
variable "create" {
  type    = bool
  default = true
  validation {
    condition     = var.create
    error_message = "x"
  }
}
locals { tags = { a = "b" } }
moved {
  from = aws_vpc.a
  to   = aws_vpc.this
}
import {
  to = aws_vpc.this[0]
  id = "vpc-1"
}
removed {
  from = aws_vpc.old
  lifecycle { destroy = false }
}
check "c" {
  data "http" "x" { url = "https://x" }
  assert {
    condition     = data.http.x.status_code == 200
    error_message = "x"
  }
}
