SELECT tenant, ended, payload FROM operation WHERE id = $id;
