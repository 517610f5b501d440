namespace GuestSessions.Grains.Operations;

/// <summary>The files of an export that are the same for every guest.</summary>
internal static class ExportTexts
{
    public const string Readme =
        """
        Everything that Guest Sessions holds about one guest.

        guest.json      The guest, and each browser that was anonymous before the guest was named for it: identifiers,
                        browser ids and sessions.
        events.ndjson   One event per line, in the order of acceptance of each line of guest.json: the event as received,
                        as sent, each attempt with the upstream's answer, and what people did with it.
        schema.json     A JSON Schema (2020-12) of both files.

        Times are RFC 3339 in UTC. Events that are older than the retention time of the service are no longer held.
        The upstream (Sitecore CDP or Personalize) holds data of its own, which is not in this file.
        """;

    public const string Schema =
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$defs": {
            "time": { "type": "string", "format": "date-time" },
            "guest": {
              "type": "object",
              "required": ["tenant", "exported_at", "lines"],
              "properties": {
                "tenant": { "type": "string" },
                "exported_at": { "$ref": "#/$defs/time" },
                "lines": { "type": "array", "items": { "$ref": "#/$defs/line" } }
              }
            },
            "line": {
              "type": "object",
              "required": ["guest", "opened_at", "last_sequence", "identifiers", "browser_ids", "sessions"],
              "properties": {
                "guest": { "type": "string" },
                "opened_at": { "$ref": "#/$defs/time" },
                "last_sequence": { "type": "integer" },
                "identifiers": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["provider", "id"],
                    "properties": { "provider": { "type": "string" }, "id": { "type": "string" } }
                  }
                },
                "browser_ids": { "type": "array", "items": { "type": "string" } },
                "sessions": { "type": "array", "items": { "type": "object" } }
              }
            },
            "event": {
              "type": "object",
              "required": ["guest", "sequence", "event_id", "type", "state", "received_at", "attempts", "acts"],
              "properties": {
                "guest": { "type": "string" },
                "sequence": { "type": "integer" },
                "event_id": { "type": "string" },
                "type": { "type": "string" },
                "state": { "type": "string" },
                "occurred_at": { "$ref": "#/$defs/time" },
                "received_at": { "$ref": "#/$defs/time" },
                "sent_at": { "$ref": "#/$defs/time" },
                "delivered_at": { "$ref": "#/$defs/time" },
                "reference": { "type": "string" },
                "code": { "type": "string" },
                "received": { "type": "object" },
                "sent": { "type": "object" },
                "attempts": { "type": "array", "items": { "type": "object" } },
                "acts": { "type": "array", "items": { "type": "object" } }
              }
            }
          },
          "oneOf": [{ "$ref": "#/$defs/guest" }, { "$ref": "#/$defs/event" }]
        }
        """;
}
