using GuestSessions.Core.Sessions;

namespace GuestSessions.Grains.Guests;

/// <summary>The steps that wait at the committer: commands, which are decided, and reads, which are not.</summary>
internal sealed partial class SessionCommitter
{
    private interface IStep
    {
        /// <summary>Answers the step. Everything decided up to this step is durable.</summary>
        void Complete(GuestSession state);

        void Fail(Exception exception);
    }

    private interface ICommand : IStep
    {
        void Decide(SessionWork work);
    }

    /// <summary>A step is the promise of its own result, which saves an object for each call.</summary>
    private abstract class Step<TResult>()
        : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously), IStep
    {
        public void Complete(GuestSession state) => TrySetResult(Answer(state));

        public void Fail(Exception exception) => TrySetException(exception);

        protected abstract TResult Answer(GuestSession state);
    }

    private sealed class Command<TResult>(Func<SessionWork, TResult> command) : Step<TResult>, ICommand
    {
        private TResult _result = default!;

        public void Decide(SessionWork work) => _result = command(work);

        protected override TResult Answer(GuestSession state) => _result;
    }

    private sealed class Read<TResult>(Func<GuestSession, TResult> read) : Step<TResult>
    {
        protected override TResult Answer(GuestSession state) => read(state);
    }
}
