// TensorFlow's start-up lines would drown the report of the tests.
process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
