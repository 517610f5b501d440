using GuestSessions.Core.Sessions;
using Microsoft.Extensions.ObjectPool;

namespace GuestSessions.Grains.Guests;

/// <summary>The steps that wait at the committer: commands, which are decided, and reads, which are not.</summary>
internal sealed partial class SessionCommitter
{
    /// <summary>The steps of a commit. Guests share the lists: an idle one has none, and nearly every commit has one step.</summary>
    private static readonly DefaultObjectPool<List<IStep>> StepLists = new(new StepListPolicy(), maximumRetained: 256);

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

    /// <param name="argument">What the command needs, in place of a closure.</param>
    private class Command<TArgument, TResult>(Func<SessionWork, TArgument, TResult> command, TArgument argument)
        : Step<TResult>, ICommand
    {
        private TResult _result = default!;

        public void Decide(SessionWork work) => _result = command(work, argument);

        protected override TResult Answer(GuestSession state) => _result;
    }

    /// <summary>A command that does not come from the activation's scheduler.</summary>
    private sealed class OutsideCommand<TArgument, TResult>(
        SessionCommitter committer, Func<SessionWork, TArgument, TResult> command, TArgument argument)
        : Command<TArgument, TResult>(command, argument)
    {
        public void Enter() => committer.Enter(this);
    }

    private sealed class Read<TResult>(Func<GuestSession, TResult> read) : Step<TResult>
    {
        protected override TResult Answer(GuestSession state) => read(state);
    }

    private sealed class StepListPolicy : PooledObjectPolicy<List<IStep>>
    {
        private const int MostKept = 64;

        public override List<IStep> Create() => [];

        public override bool Return(List<IStep> steps)
        {
            steps.Clear();
            return steps.Capacity <= MostKept;
        }
    }
}
