terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> ${3:6.0}"
    }
  }
}

resource "aws_sqs_queue" "${1:orders}" {
  name                       = "${1:orders}"
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = ${2:60}
  message_retention_seconds  = 345600
  receive_wait_time_seconds  = 20

  # Five tries, then aside, where somebody looks at it.
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.${1:orders}_dead_letters.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "${1:orders}_dead_letters" {
  name                      = "${1:orders}-dead-letters"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue_redrive_allow_policy" "${1:orders}_dead_letters" {
  queue_url = aws_sqs_queue.${1:orders}_dead_letters.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.${1:orders}.arn]
  })
}
