using GuestSessions.Grains.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Grains.Tests.Memory;

public sealed class GuestRegisterTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CountingLogger _log = new();
    private readonly GuestRegister _register;
    private readonly List<string> _left = [];

    public GuestRegisterTests() => _register = new GuestRegister(_time, _log);

    [Fact]
    public async Task Those_who_came_first_leave_first()
    {
        Enter("anna", "berta", "carla", "dora");

        Assert.Equal(2, await _register.ShedAsync(2, isWaitingToo: false, CancellationToken.None));

        Assert.Equal(["anna", "berta"], _left.Order(StringComparer.Ordinal)); // Side by side, they leave in any order.
        Assert.Equal(2, _register.Count);
        Assert.Equal(2, _register.Left);
    }

    [Fact]
    public async Task A_guest_that_was_called_since_leaves_after_those_that_were_not()
    {
        var guests = Enter("anna", "berta", "carla");
        guests[0].WasUsed = true;

        await _register.ShedAsync(2, isWaitingToo: false, CancellationToken.None);
        Assert.Equal(["berta", "carla"], _left.Order(StringComparer.Ordinal));

        await _register.ShedAsync(1, isWaitingToo: false, CancellationToken.None);
        Assert.Equal("anna", _left[^1]);
    }

    [Fact]
    public async Task Guests_with_work_under_way_stay_and_looking_for_others_ends()
    {
        var guests = Enter("anna", "berta");
        foreach (var guest in guests)
            guest.IsBusy = true;

        Assert.Equal(0, await _register.ShedAsync(2, isWaitingToo: true, CancellationToken.None));

        Assert.Empty(_left);
        Assert.Equal(2, _register.Count);
    }

    [Fact]
    public async Task A_guest_that_waits_to_be_delivered_leaves_only_when_those_have_to_as_well()
    {
        Enter("anna")[0].IsWaiting = true;

        Assert.Equal(0, await _register.ShedAsync(1, isWaitingToo: false, CancellationToken.None));
        Assert.Equal(1, await _register.ShedAsync(1, isWaitingToo: true, CancellationToken.None));
    }

    [Fact]
    public async Task No_more_than_sixty_four_leave_side_by_side()
    {
        var scheduler = new CountingScheduler();
        for (var number = 0; number < 1_000; number++)
            new Guest(this, $"guest-{number}", scheduler).Enter();

        Assert.Equal(900, await _register.ShedAsync(900, isWaitingToo: false, CancellationToken.None));

        Assert.InRange(scheduler.Most, 1, 64);
    }

    [Fact]
    public async Task A_guest_that_fails_keeps_nobody_else_in_memory_and_is_reported_once_a_minute()
    {
        Enter("anna", "berta", "carla", "dora")[0].Fault = new InvalidOperationException("It is deactivated already.");

        Assert.Equal(2, await _register.ShedAsync(2, isWaitingToo: false, CancellationToken.None));
        Assert.Equal(["berta", "carla"], _left.Order(StringComparer.Ordinal));
        Assert.Equal(1, await _register.ShedAsync(2, isWaitingToo: false, CancellationToken.None));
        Assert.Equal(1, _log.Lines);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await _register.ShedAsync(1, isWaitingToo: false, CancellationToken.None));
        Assert.Equal(2, _log.Lines);
    }

    [Fact]
    public async Task A_guest_that_does_not_answer_is_waited_for_five_seconds()
    {
        new Guest(this, "anna", new StuckScheduler()).Enter();
        Enter("berta");
        var shed = _register.ShedAsync(1, isWaitingToo: false, CancellationToken.None);
        Assert.False(shed.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(1, await shed.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(["berta"], _left);
        Assert.Equal(1, _log.Lines);
    }

    [Fact]
    public void Leaving_twice_is_leaving_once()
    {
        var guest = Enter("anna")[0];
        _register.Leave(guest.Place);
        _register.Leave(guest.Place);

        Assert.Equal((0, 1), (_register.Count, _register.Left));
    }

    private List<Guest> Enter(params string[] names)
    {
        List<Guest> guests = [.. names.Select(name => new Guest(this, name, TaskScheduler.Default))];
        guests.ForEach(static guest => guest.Enter());
        return guests;
    }

    private sealed class Guest(GuestRegisterTests test, string name, TaskScheduler home) : IResident
    {
        public LinkedListNode<IResident> Place { get; private set; } = null!;

        public bool IsBusy { get; set; }

        public bool IsWaiting { get; set; }

        public Exception? Fault { get; set; }

        public TaskScheduler Home => home;

        public bool WasUsed { get; set; }

        public void Enter() => Place = test._register.Enter(this);

        public bool TryLeave(bool isWaitingToo)
        {
            if (Fault is not null)
                throw Fault;
            if (IsBusy || (IsWaiting && !isWaitingToo))
                return false;
            test._register.Leave(Place);
            lock (test._left)
                test._left.Add(name);
            return true;
        }
    }

    private sealed class CountingLogger : ILogger<GuestRegister>
    {
        private int _lines;

        public int Lines => Volatile.Read(ref _lines);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Interlocked.Increment(ref _lines);
    }

    /// <summary>Where nothing ever runs.</summary>
    private sealed class StuckScheduler : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task)
        {
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
    }

    /// <summary>Counts how much waits at once.</summary>
    private sealed class CountingScheduler : TaskScheduler
    {
        private readonly Lock _gate = new();
        private int _waiting;

        public int Most { get; private set; }

        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task)
        {
            lock (_gate)
                Most = Math.Max(Most, ++_waiting);
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                lock (_gate)
                    _waiting--;
                TryExecuteTask(task);
            }, null);
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
    }
}
