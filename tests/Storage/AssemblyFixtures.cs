using GuestSessions.PostgresKit;

// One server for all tests that leave it running.
[assembly: AssemblyFixture(typeof(PostgresServer))]
