using Xunit.Sdk;
using Xunit.v3;

// Each test starts processes that want the whole machine.
[assembly: Parallelization(Mode = ParallelMode.None)]
