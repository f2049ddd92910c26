/** Where GitHub sends its webhooks: the events backend, which verifies them. */
export function webhookUrl(baseUrl: string): string {
  return `${baseUrl}/api/events/http/github`;
}

/**
 * A command that tells one finished deployment of a service, ready to be run
 * with a token. Its instants are taken when it runs: an event may not be in the
 * future, and an old one would not be seen in the chosen window.
 */
export function deploymentCurl(baseUrl: string, service: string): string {
  return `NOW=$(date -u +%Y-%m-%dT%H:%M:%SZ)
curl -X POST '${baseUrl}/api/delivery/events' \\
  -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d @- <<EVENTS
[
  {
    "type": "deployment",
    "source": "first-steps",
    "id": "deploy-$(date +%s)",
    "occurredAt": "$NOW",
    "service": "${service}",
    "environment": "production",
    "status": "success",
    "finishedAt": "$NOW",
    "version": "1.0.0"
  }
]
EVENTS`;
}
