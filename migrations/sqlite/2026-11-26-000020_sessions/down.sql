DROP TABLE carried_form;
