SELECT EXISTS (SELECT 1 FROM journal WHERE guest = $guest AND version = $version AND commit_id = $commit);
